# cython: language_level=3
cimport cython

cdef class Lists:
    cdef public int lists
    cdef public int used
    cdef int[::1] start, size, room, items

    @cython.locals(room=cython.int)
    cpdef void extend(self, int lists) noexcept
    cdef void count(self, int key) noexcept
    @cython.locals(total=cython.int, key=cython.int)
    cdef void settle(self) noexcept
    cdef void append(self, int key, int value) noexcept
    @cython.locals(room=cython.int, start=cython.int, i=cython.int)
    cdef void move(self, int key) noexcept
