cimport cython
cdef unsigned long long _FNV, _PRIME, _MASK, _ONE
cdef int _LETTERS, _WIDTH, _DOUBLED, _SWAPPED, _FULL, _ENDING_S, _ENDING_VOWEL, _LONG_ENOUGH, _D, _H, _S, _X

@cython.final
cdef class Letters:
    cdef unsigned char exchange[1296]
    cdef unsigned char dropped[36]
    cdef unsigned char after[1296]
    cdef unsigned char before[1296]
    cdef unsigned char classes[36]
    cdef int rows[126]
    cdef unsigned char other[42]
    cdef unsigned char drops[42]
    cdef public int bones
    @cython.locals(letter=int, other=int, cost=int)
    cdef void fill_drops(self, unsigned char* drops, unsigned char* word, int start, int length) noexcept
    @cython.locals(last=int)
    cdef void _ease_ending(self, unsigned char* drops, unsigned char* word, int start, int length) noexcept
    @cython.locals(begun=int)
    cdef int distance(self, unsigned char* one, unsigned char* one_drops, int a, int n, int m, int limit) noexcept
    @cython.locals(cost=int)
    cdef int _rest(self, unsigned char* one_drops, int a, int n, int m, int begun) noexcept
    @cython.locals(rows="int*", other="unsigned char*", drops="unsigned char*", letter=int, dropped=int, cost=int, best=int, step=int, least=int, earlier=int, before=int, now=int)
    cdef int _matrix(self, unsigned char* one, unsigned char* one_drops, int a, int n, int m, int begun, int limit) noexcept
    @cython.locals(value=cython.ulong, bone=int, last=int, bones=int, letter=int)
    cdef unsigned int skeleton(self, unsigned char* word, int start, int length) noexcept
    @cython.locals(letter=int, after=int)
    cdef int _bone(self, unsigned char* word, int at, int before, int behind, int last) noexcept
    cdef int _first_bone(self, int letter, int after) noexcept
    cdef void pattern(self, unsigned long long* places, int at, unsigned char* word, int start, int length) noexcept
    @cython.locals(all_ones=cython.ulonglong, top=cython.ulonglong, plus=cython.ulonglong, minus=cython.ulonglong, zero=cython.ulonglong, before=cython.ulonglong, same=cython.ulonglong, swapped=cython.ulonglong, up=cython.ulonglong, down=cython.ulonglong, count=int)
    cdef int edits(self, unsigned long long* places, int at, int n, int m) noexcept
