cimport cython
from bot.index.vocabulary cimport Vocabulary

cdef int _LONGEST_NAME, _LONGEST_WORD
cdef unsigned long _FNV, _PRIME, _MASK, _MIX
cdef double _ASSUMED, _UNHEARD_OF

cdef class Names:
    cdef public Vocabulary words
    cdef public int legal
    cdef public int generic
    cdef public int common
    cdef public int count
    cdef public int entities
    cdef public int settled
    cdef public int late
    cdef public int[:] spans
    cdef int[:] tokens
    cdef public int[:] owners
    cdef public int[:] firsts
    cdef public unsigned char[:] lives
    cdef public unsigned char[:] kinds
    cdef float[:] weights
    cdef int[:] frequency
    cdef float[:] rarity
    cdef public double chance
    cdef float[:] prior
    cdef int[:] bags
    cdef int[:] bag_next
    cdef int[:] runs
    cdef int[:] run_next
    cdef int[:] post_starts
    cdef int[:] posts
    cdef int[:] late_heads
    cdef int[:] late_next
    cdef int[:] late_names
    cdef unsigned char[:] text
    cdef unsigned char[:] drops
    cdef int[:] at
    cdef int[:] sizes
    @cython.locals(letter=int, k=int, count=int, place=int, size=int, length=int)
    cpdef int read(self, bytes folded) noexcept
    cpdef int begin(self, int kind, double weight) except -1
    cpdef int add(self, bytes folded) except -1
    cpdef _make_room(self, int tokens)
    cpdef hang(self, int name)
    cpdef remove(self, int entity)
    @cython.locals(mixed=cython.ulong, total=cython.ulong)
    cdef unsigned int bag_of(self, int[:] words, int start, int end) noexcept
    cdef unsigned int run_of(self, int name) noexcept
    cdef void _file(self, int name) noexcept
    cpdef _file_all(self)
    cpdef settle(self)
    cdef void _post(self, int[:] starts, int[:] posts, int words, int total) noexcept
    cpdef double _rarity(self, int word)
    cpdef double rarest(self)
    cdef unsigned int run_of_text(self, int total) noexcept
    cdef bint has_letters(self, int name, int total) noexcept
    cpdef int number_of(self, bytes word) except -2
    cpdef int first_of(self, int entity) noexcept
    cpdef int kind_of(self, int entity) noexcept
    cpdef double weight_of(self, int entity) noexcept
