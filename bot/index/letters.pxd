cimport cython
cdef unsigned long long _FNV, _PRIME, _MASK, _ONE
cdef int _LETTERS, _WIDTH, _DOUBLED, _SWAPPED, _FULL

cdef class Letters:
    cdef unsigned char[:] exchange
    cdef unsigned char[:] dropped
    cdef unsigned char[:] after
    cdef unsigned char[:] before
    cdef unsigned char[:] classes
    cdef int[:] rows
    cdef public int bones
    @cython.locals(letter=int, other=int, cost=int)
    cdef void fill_drops(self, unsigned char[:] drops, unsigned char[:] word, int start, int length) noexcept
    @cython.locals(letter=int, dropped=int, cost=int, best=int, step=int, least=int, earlier=int, before=int, now=int)
    cpdef int distance(self, unsigned char[:] one, unsigned char[:] one_drops, int a, int n, unsigned char[:] other, unsigned char[:] other_drops, int b, int m, int limit) noexcept
    @cython.locals(value=cython.ulong, bone=int, last=int, bones=int, after=int, letter=int)
    cpdef unsigned int skeleton(self, unsigned char[:] word, int start, int length) noexcept
    cdef void pattern(self, unsigned long long[:] places, int at, unsigned char[:] word, int start, int length) noexcept
    @cython.locals(all_ones=cython.ulonglong, top=cython.ulonglong, plus=cython.ulonglong, minus=cython.ulonglong, zero=cython.ulonglong, before=cython.ulonglong, same=cython.ulonglong, swapped=cython.ulonglong, up=cython.ulonglong, down=cython.ulonglong, count=int)
    cdef int edits(self, unsigned long long[:] places, int at, int n, unsigned char[:] other, int b, int m) noexcept
