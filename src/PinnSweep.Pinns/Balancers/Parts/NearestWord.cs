namespace PinnSweep.Pinns;

/// <summary>The allowed word that a mistyped one probably meant.</summary>
internal static class NearestWord
{
    /// <summary>The word with the smallest edit distance (Levenshtein), the first of several.</summary>
    public static string To(string word, IReadOnlyList<string> allowed) => allowed.MinBy(candidate => Distance(word, candidate)) ?? "";

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
