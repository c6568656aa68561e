cimport cython
from bot.index.vocabulary cimport Vocabulary

cdef int _LONGEST_NAME, _LONGEST_WORD
cdef unsigned long _FNV, _PRIME, _MASK, _MIX
cdef double _ASSUMED, _UNHEARD_OF
cdef int _SIGNED, _MOST_SIGNED, _SPARE, _FEW_BONES

@cython.final
cdef class Names:
    cdef public Vocabulary words
    cdef public int legal
    cdef public int generic
    cdef public int common
    cdef public int count
    cdef public int entities
    cdef public int settled
    cdef public int late
    cdef int dead
    cdef public int[::1] spans
    cdef int[::1] tokens
    cdef public int[::1] owners
    cdef unsigned int[::1] signs
    cdef public int[::1] firsts
    cdef public unsigned char[::1] lives
    cdef public unsigned char[::1] kinds
    cdef float[::1] weights
    cdef int[::1] frequency
    cdef float[::1] rarity
    cdef public double chance
    cdef float[::1] prior
    cdef int[::1] bags
    cdef int[::1] bag_next
    cdef int[::1] runs
    cdef int[::1] run_next
    cdef int[::1] post_starts
    cdef int[::1] posts
    cdef int[::1] late_heads
    cdef int[::1] late_next
    cdef int[::1] late_names
    cdef unsigned char text[208]
    cdef unsigned char drops[208]
    cdef int at[128]
    cdef int sizes[128]
    @cython.locals(letter=int, k=int, count=int, place=int, size=int, length=int)
    cpdef int read(self, bytes folded) noexcept
    cpdef reserve(self, int entities, int names)
    cpdef int begin(self, int kind, double weight) except -1
    cpdef int add(self, bytes folded) except -1
    @cython.locals(sign="unsigned int", letter=int)
    cdef unsigned int sign(self, int many) noexcept
    cpdef _make_room(self, int tokens)
    cpdef hang(self, int name)
    cpdef remove(self, int entity)
    cpdef list living(self)
    cdef bint wanted(self, int name, int kind) noexcept
    @cython.locals(mixed=cython.ulong)
    cdef unsigned long mixed(self, int word) noexcept
    @cython.locals(total=cython.ulong)
    cdef unsigned long bag_of(self, int name) noexcept
    cdef Py_ssize_t bucket(self, unsigned long total) noexcept
    cdef unsigned int run_of(self, int name) noexcept
    @cython.locals(place=int, word=int, at=int)
    cdef int lay_out(self, int name) noexcept
    @cython.locals(whole=int)
    cdef int whole_words(self, int name) noexcept
    @cython.locals(value=cython.ulong)
    cdef unsigned int _run(self, unsigned char* letters, int size) noexcept
    cdef void _file(self, int name) noexcept
    cpdef _file_all(self)
    cpdef settle(self)
    cdef void _post(self, int[::1] starts, int[::1] posts, int words, int total) noexcept
    cpdef double _rarity(self, int word)
    cpdef double rarest(self)
    cdef unsigned int run_of_text(self, int total) noexcept
    cdef bint has_letters(self, int name, int total) noexcept
    @cython.locals(letter=int, length=int, k=int)
    cpdef int number_of(self, bytes word) except -2
    cpdef int first_of(self, int entity) noexcept
    cpdef int kind_of(self, int entity) noexcept
    cpdef double weight_of(self, int entity) noexcept
