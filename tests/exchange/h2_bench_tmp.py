import time, random, pytest
from django.test import Client
from tests.exchange.strong_files import strong, upload, come_in
from tests.factories import UserFactory
from exercises.services import load_library
from exchange.importing import parse_batch
from exchange.running import run
from django.db import connection
@pytest.mark.django_db(transaction=True)
def test_speed(capsys):
    load_library()
    user=UserFactory()
    c=Client(); c.force_login(user)
    rng=random.Random(1)
    names=["Squat (Barbell)","Leg Press","Deadlift (Barbell)","Leg Extension (Machine)","Lying Leg Curl (Machine)","Bench Press (Barbell)","Pull Up","Bicep Curl (Dumbbell)"]+[f"Thing {n}" for n in range(40)]
    rows=[]
    n=0; day=0
    import datetime
    d=datetime.date(2012,1,1)
    while n<20000:
        d+=datetime.timedelta(days=2)
        for name in rng.sample(names,5):
            for s in range(3):
                rows.append(f"{d} 18:00:00,Legs,1h 5m,{name},{s+1},{rng.randint(10,200)},{rng.randint(3,12)},0,0,{rng.choice(['','8','9'])}")
                n+=1
    data=strong(rows)
    with capsys.disabled():
        import cProfile, pstats, os
        from exchange.models import ImportBatch
        def pgcpu():
            with connection.cursor() as cur:
                cur.execute("select pg_backend_pid()"); pid=cur.fetchone()[0]
            f=open(f"/proc/{pid}/stat").read().rsplit(")",1)[1].split()
            return (int(f[11])+int(f[12]))/os.sysconf("SC_CLK_TCK")
        def timed(label, f):
            c0,p0,t0=time.process_time(),pgcpu(),time.perf_counter()
            r=f()
            print(label,'python',round(time.process_time()-c0,2),'pg',round(pgcpu()-p0,2),'wall',round(time.perf_counter()-t0,2))
            return r
        b=timed('upload',lambda: upload(c,data))
        timed('parse',lambda: parse_batch(b,member=user))
        timed('preview',lambda: c.get(f"/import/{b.uuid}/"))
        timed('preview',lambda: c.get(f"/import/{b.uuid}/"))
        ImportBatch.objects.filter(pk=b.pk).update(status="running")
        pr=cProfile.Profile(time.process_time)
        if os.environ.get("PROF"): pr.enable()
        timed('run',lambda: run(b.pk))
        pr.disable()
        if os.environ.get("PROF"): pstats.Stats(pr).sort_stats('cumulative').print_stats(45)
        b.refresh_from_db(); print(b.status, b.counts.get('sets'))
        pr=cProfile.Profile(time.process_time)
        if os.environ.get("PROF"): pr.enable()
        timed('undo',lambda: c.post(f"/import/{b.uuid}/undo/"))
        pr.disable()
        if os.environ.get("PROF"): pstats.Stats(pr).sort_stats('cumulative').print_stats(35)
