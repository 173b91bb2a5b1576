namespace PinnSweep;

/// <summary>The word that somebody who mistyped probably meant.</summary>
internal static class NearestWord
{
    /// <summary>The candidate with the smallest edit distance, or null when none is near: more than a third of the letters would have to change.</summary>
    public static string? Find(string typed, IEnumerable<string> candidates) =>
        candidates
            .Select(candidate => (candidate, distance: Distance(typed, candidate)))
            .Where(pair => pair.distance <= Math.Max(1, Math.Max(typed.Length, pair.candidate.Length) / 3) || (typed.Length >= 2 && pair.candidate.StartsWith(typed, StringComparison.Ordinal)))
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
