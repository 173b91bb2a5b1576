using PinnSweep.Storage;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Views;

/// <summary>A trial of a store by its key or the beginning of it.</summary>
internal static class TrialLookup
{
    /// <summary>Fewer digits name no trial.</summary>
    public const int Shortest = 4;

    private const int Longest = 64;

    /// <summary>Whether a word can be the beginning of a key at all.</summary>
    public static bool IsKey(string word) => word.Length is >= Shortest and <= Longest && word.All(char.IsAsciiHexDigit);

    /// <summary>The trial.</summary>
    /// <exception cref="UserMistakeException">There is none, or several.</exception>
    public static TrialKey Of(Store store, string key) => Find(store, key)
        ?? throw new UserMistakeException($"no trial's key begins with {key} in {store.Path}; `pinnsweep trials STUDY` lists them");

    /// <summary>The trial; null where there is none.</summary>
    /// <exception cref="UserMistakeException">It is no key, or there are several.</exception>
    public static TrialKey? Find(Store store, string key)
    {
        if (!IsKey(key))
        {
            throw new UserMistakeException($"trial {NearestMatch.Quote(key)}: expected a key, or at least {Shortest} of its hexadecimal digits");
        }

        var found = store.Studies.TrialsLike(key.ToLowerInvariant());
        return found.Length > 1 ? throw new UserMistakeException($"the keys of several trials begin with {key}; give more digits")
            : found.IsEmpty ? null
            : found[0];
    }
}
