"""/exercises/"""
