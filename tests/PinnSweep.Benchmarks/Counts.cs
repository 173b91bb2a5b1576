using System.Globalization;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Benchmarks;

/// <summary>Numbers of options.</summary>
internal static class Counts
{
    /// <summary>A whole number.</summary>
    /// <exception cref="UserMistakeException">It is none, or smaller.</exception>
    public static int Of(string text, int least = 1) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= least
        ? count
        : throw new UserMistakeException(string.Create(CultureInfo.InvariantCulture, $"{NearestMatch.Quote(text)} is no whole number from {least} on."));

    /// <summary>Several, with commas between them.</summary>
    /// <exception cref="UserMistakeException">One is none.</exception>
    public static int[] List(string text) => [.. text.Split(',').Select(part => Of(part.Trim()))];

    /// <summary>Seconds.</summary>
    /// <exception cref="UserMistakeException">It is no number above zero.</exception>
    public static double Seconds(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 && double.IsFinite(seconds)
        ? seconds
        : throw new UserMistakeException($"{NearestMatch.Quote(text)} is no number of seconds above zero.");
}
