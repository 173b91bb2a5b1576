using System.Globalization;

namespace PinnSweep.Commands;

/// <summary>An engine on the command line: one of a few words, or <c>cuda:N</c> for a card by its number.</summary>
internal static class EngineWord
{
    private const string Card = "cuda:";

    /// <exception cref="Studies.Mistakes.UserMistakeException">It is none of them.</exception>
    public static string Of(string what, string typed, IReadOnlyCollection<string> allowed) =>
        typed.StartsWith(Card, StringComparison.Ordinal) && int.TryParse(typed.AsSpan(Card.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? typed
            : Choice.Of(what, typed, allowed);
}
