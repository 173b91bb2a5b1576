using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Commands;

/// <summary>A word of the command line that must be one of a few.</summary>
internal static class Choice
{
    /// <exception cref="UserMistakeException">It is none of them.</exception>
    public static string Of(string what, string typed, IReadOnlyCollection<string> allowed) =>
        allowed.Contains(typed)
            ? typed
            : throw new UserMistakeException($"{what} {NearestMatch.Quote(typed)} is unknown{NearestMatch.Hint(typed, allowed)}");
}
