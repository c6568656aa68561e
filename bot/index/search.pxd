cimport cython
from bot.index.alignment cimport Alignment
from bot.index.names cimport Names
from bot.index.vocabulary cimport Vocabulary

cdef int _EQUAL, _JOINED, _NICKNAME, _TYPO, _SOUND, _REORDERED, _TITLE
cdef int _MOST_ASKED, _MOST_FOUND, _MOST_COUNTED, _ALIGNED, _MOST_WAYS, _BESIDE, _LONG, _FEW, _BLOCK, _LEVELS, _POOL, _NONE
cdef double _ENOUGH, _HEARD, _DOUBTED
cdef int _SAME_INITIAL, _EACH_MORE, _SIGNED
cdef unsigned int _INITIALS

@cython.final
cdef class Search:
    cdef Names names
    cdef public Alignment query
    cdef int found[257]
    cdef double scores[257]
    cdef int hows[257]
    cdef public int count
    cdef int limit
    cdef int kind
    cdef unsigned short[::1] tally
    cdef int[::1] touched
    cdef int touches
    cdef int ways[640]
    cdef double worths[640]
    cdef int sizes[640]
    cdef int way_count
    cdef int most
    cdef double full
    cdef double heaviest
    cdef int levels[1024]
    cdef int floor
    cdef int pool[1024]
    cdef int pool_levels[1024]
    cdef int pooled
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
    cdef int seen
    cdef unsigned int sign
    cdef int bag[256]
    cpdef int find(self, bytes folded, list known_as, int limit, int kind) except -1
    cpdef list answer(self)
    cdef int _by_words(self, int many) noexcept
    @cython.locals(total=cython.ulong)
    cdef int _with_bag(self, int size, double score, int how) noexcept
    cdef int _same_words(self, int name, int size) noexcept
    cdef void _by_letters(self, int many) noexcept
    cdef int _add_beside(self, int name) noexcept
    cdef void _beside(self) noexcept
    cdef _by_parts(self, list known_as)
    cdef void _way_apart(self, int i, int first, int cut) noexcept
    cdef void _ways_together(self, int i) noexcept
    cdef void _near_ways(self, int i) noexcept
    @cython.locals(i=int, word=int)
    cdef _nicknames(self, list known_as)
    cdef void _way(self, int word, double alike, int i) noexcept
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
    cdef void _align_best(self) noexcept
    cdef bint _wanted(self, int name) noexcept
    cdef bint _holds(self, int name) noexcept
    cdef void _keep(self, int name, double score, int how) noexcept
    cdef bint _better(self, double score, int owner, int place) noexcept
    cdef void _drop(self, int place) noexcept
