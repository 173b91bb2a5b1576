using System.Globalization;

namespace PinnSweep.Commands;

/// <summary>An engine on the command line: one of a few words, or <c>cuda:N</c> and <c>torch/cuda:N</c> for a card by its number.</summary>
internal static class EngineWord
{
    private static readonly string[] Cards = ["cuda:", "torch/cuda:"];

    /// <exception cref="Studies.Mistakes.UserMistakeException">It is none of them.</exception>
    public static string Of(string what, string typed, IReadOnlyCollection<string> allowed) =>
        Array.Exists(Cards, card => typed.StartsWith(card, StringComparison.Ordinal) && int.TryParse(typed.AsSpan(card.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? typed
            : Choice.Of(what, typed, allowed);
}
