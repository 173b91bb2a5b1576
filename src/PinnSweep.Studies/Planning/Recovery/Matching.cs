namespace PinnSweep.Studies.Planning.Recovery;

/// <summary>As many pairs as possible of two lists, nothing twice (Kuhn's algorithm, 1955).</summary>
internal static class Matching
{
    /// <summary>The pairs, in the order of the second list.</summary>
    public static IEnumerable<(T First, T Second)> Of<T>(IReadOnlyList<T> firsts, IReadOnlyList<T> seconds, Func<T, T, bool> fit)
    {
        var fits = firsts.Select(first => Enumerable.Range(0, seconds.Count).Where(second => fit(first, seconds[second])).ToArray()).ToArray();
        var taken = new int[seconds.Count];
        Array.Fill(taken, -1);
        // Those with the least choice first: a level that says little fits many and takes what is left.
        foreach (var first in Enumerable.Range(0, firsts.Count).OrderBy(first => fits[first].Length))
        {
            Place(first, []);
        }

        return Enumerable.Range(0, seconds.Count).Where(second => taken[second] >= 0).Select(second => (firsts[taken[second]], seconds[second]));

        bool Place(int first, HashSet<int> seen)
        {
            foreach (var second in fits[first].Where(seen.Add))
            {
                if (taken[second] < 0 || Place(taken[second], seen))
                {
                    taken[second] = first;
                    return true;
                }
            }

            return false;
        }
    }
}
