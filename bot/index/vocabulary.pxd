cimport cython
from bot.index.letters cimport Letters

cdef unsigned long _FNV, _PRIME, _MASK, _SKELETON
cdef int _SHORTENED, _TWICE, _MOST_NEAR, _MOST_TRIED
cdef int _CARD, _LETTERS_OF, _BONES, _SEEN

@cython.final
cdef class Vocabulary:
    cdef Letters letters
    cdef public int count
    cdef public int settled
    cdef unsigned char[::1] blob
    cdef unsigned int[::1] cards
    cdef int[::1] slots
    cdef int[::1] heads
    cdef unsigned int[::1] filed
    cdef unsigned int numbers
    cdef int[::1] order
    cdef int[::1] ranks
    cdef unsigned char[::1] heard
    cdef unsigned int turn
    cdef unsigned long long places[36]
    cdef int near[64]
    cdef int costs[64]
    cdef int unlikely[64]
    cdef unsigned char sounds[64]
    cdef int start(self, int word) noexcept
    cdef int length(self, int word) noexcept
    cdef unsigned int bones(self, int word) noexcept
    cdef bint _is(self, int word, unsigned char* text, int start, int length) noexcept
    cdef bint begins(self, int word, unsigned char* text, int start, int length) noexcept
    cdef int fetch(self, int word) noexcept
    @cython.locals(value=cython.ulong)
    cdef Py_ssize_t _slot(self, unsigned char* text, int start, int length) noexcept
    cdef int number(self, unsigned char* text, int start, int length) noexcept
    cdef int learn(self, unsigned char* text, int start, int length) except -1
    cpdef _widen(self)
    cdef unsigned int mask_of(self, unsigned char* text, int start, int length) noexcept
    @cython.locals(bits="unsigned int")
    cdef int differing(self, unsigned int mask, int word) noexcept
    @cython.locals(total=int, size=int)
    cdef settle(self, int[::1] frequency)
    cdef void hear(self, int word, int frequency) noexcept
    cdef void _file(self, int word, bint write) noexcept
    cdef void _put(self, unsigned int key, int word, bint write) noexcept
    @cython.locals(value=cython.ulong)
    cdef unsigned int _key(self, unsigned char* text, int start, int cut, int i, int j) noexcept
    cdef unsigned int _sound(self, unsigned int skeleton) noexcept
    @cython.locals(found=int, tried=int, bucket=int, upper="unsigned int", word="unsigned int", at=int, key="unsigned int", bones="unsigned int")
    cdef int neighbours(self, unsigned char* text, unsigned char* drops, int start, int length) noexcept
    cdef bint _may_be_near(self, int word, int length, unsigned int mask, unsigned int bones, int many) noexcept
    @cython.locals(alike=cython.bint, limit=int, longer=int)
    cdef int _weigh(self, int word, unsigned char* text, int start, int length, unsigned char* drops, unsigned int bones, int many, int found) noexcept
    @cython.locals(unlikely=int, place=int)
    cdef int _keep(self, int word, int cost, bint alike, int found) noexcept
    cdef bint _before(self, int one, int other) noexcept
    cpdef _alphabetise(self)
    cdef void _merge(self, int[::1] order, int[::1] target, int width) noexcept
    cdef int rank_from(self, unsigned char* text, int start, int length, bint past) noexcept
    cdef bint _sorts_before(self, int word, unsigned char* text, int start, int length, bint past) noexcept
