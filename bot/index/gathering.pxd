cimport cython
from bot.index.names cimport Names

cdef int _MOST_ASKED, _MOST_WAYS, _MOST_COUNTED, _LONG, _FEW, _BLOCK, _LEVELS, _POOL, _NONE
cdef double _ENOUGH
cdef int _SAME_INITIAL, _EACH_MORE, _SIGNED
cdef unsigned int _INITIALS

@cython.final
cdef class Gathering:
    cdef Names names
    cdef unsigned short[::1] tally
    cdef int[::1] touched
    cdef int touches
    cdef int ways[640]
    cdef double worths[640]
    cdef int sizes[640]
    cdef int way_count
    cdef int cursors[640]
    cdef int ends[640]
    cdef int nexts[640]
    cdef int adds[640]
    cdef int late_words[640]
    cdef int askers[640]
    cdef int asked[640]
    cdef int brings[12]
    cdef int helping[12]
    cdef int chosen
    cdef int many
    cdef int wanted
    cdef int kind
    cdef int most
    cdef int seen
    cdef unsigned int sign
    cdef int levels[1024]
    cdef int floor
    cdef int pool[1024]
    cdef int pool_levels[1024]
    cdef int pooled
    cdef begin(self, int many, int wanted, int kind)
    cdef void add_way(self, int word, double alike, int i) noexcept
    @cython.locals(full=int, more=int)
    cdef void gather_few(self) noexcept
    cdef void gather_all(self) noexcept
    cdef void _weigh_words(self) noexcept
    @cython.locals(least=int, lightest=int)
    cdef void _part_words(self) noexcept
    @cython.locals(at=int, end=int, worth=int, past=int)
    cdef void _count_on(self, int k, int base) noexcept
    @cython.locals(base=int, first=int)
    cdef int _gather(self, int longest) noexcept
    @cython.locals(counted=int, size=int, frequency=int, word=int, settled=cython.bint)
    cdef int _choose(self, int longest) noexcept
    cdef void _go_on(self, int k) noexcept
    @cython.locals(first=int)
    cdef int _first(self) noexcept
    @cython.locals(at=int, end=int, worth=int, past=int)
    cdef void _count(self, int k, int base) noexcept
    cdef void _count_late(self, int k) noexcept
    cdef void _touch(self, int place, int worth) noexcept
    @cython.locals(place=int, worth=int, level=int, bonus=int)
    cdef void _harvest(self, int base) noexcept
    @cython.locals(sign="unsigned int", bits="unsigned int", more=int)
    cdef int _level(self, int name, int worth) noexcept
    @cython.locals(level=int, least=int, total=int, spare=int, kept=int)
    cdef void _cut_pool(self) noexcept
