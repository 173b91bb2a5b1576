using System.Text.RegularExpressions;
using PinnSweep.Problems.Places;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>Reads <c>where: x &lt; 0.5 and t &gt; 0.1</c>: comparisons, each of one coordinate with numbers.</summary>
internal sealed partial class WhereReader(FileScope scope)
{
    private const string Expected = "expected comparisons of one coordinate with a number each, such as x < 0.5 and t > 0.1, or 0.1 < t < 0.5";

    /// <summary>The limits; null where there are none or a mistake was added.</summary>
    public Limits? Read(SourceNode.Map map, string key)
    {
        if (map.Find("where") is not { } entry)
        {
            return null;
        }

        key = $"{key}.where";
        if (entry.Value is not SourceNode.Scalar { IsNull: false } scalar)
        {
            scope.Mistakes.Add(entry.Value.Place, key, $"{Expected}; found {entry.Value.Words}");
            return null;
        }

        Limits? limits = Limits.None;
        foreach (var comparison in Conjunction().Split(scalar.Text))
        {
            limits = limits is null ? null : Compared(limits, comparison, scalar, key);
        }

        return limits;
    }

    private Limits? Compared(Limits limits, string comparison, SourceNode.Scalar scalar, string key)
    {
        string[] parts = [.. Comparison().Split(comparison).Select(part => part.Trim())];
        var signs = Comparison().Matches(comparison).Select(match => match.Value[0] is '<' or '≤').ToList();
        var at = Array.FindIndex(parts, part => scope.Symbols.Coordinates.Contains(part));
        if (parts.Where((part, i) => i != at).Any(part => Word().Matches(part).Any(word => scope.Symbols.Coordinates.Contains(word.Value))) || parts.Length is not (2 or 3) || at < 0 || (parts.Length == 3 && at != 1) || signs.Distinct().Count() > 1)
        {
            scope.Mistakes.Add(scalar.Place, key, $"{Expected}; found {NearestMatch.Quote(comparison.Trim())}; what is bounded by anything else is said by domain{(comparison.Contains(" or ", StringComparison.Ordinal) ? "; two parts are two conditions" : "")}");
            return null;
        }

        var axis = scope.Symbols.Coordinates.IndexOf(parts[at]);
        for (var i = 0; i < parts.Length; i++)
        {
            if (i == at)
            {
                continue;
            }

            if (scope.NumberOf(new SourceNode.Scalar(scalar.Place, parts[i], Plain: true), scalar.Place, key) is not { } number)
            {
                return null;
            }

            // x < 1 and 1 > x say the same.
            limits = i > at == signs[0] ? limits.With(axis, double.NegativeInfinity, number) : limits.With(axis, number, double.PositiveInfinity);
        }

        if (limits.Of(axis) is var (lower, upper) && !(lower < upper))
        {
            scope.Mistakes.Add(scalar.Place, key, $"{NearestMatch.Quote(scalar.Text)} holds nowhere; a line or a point inside the domain is on: {{{scope.Symbols.Coordinates[axis]}: …}}");
            return null;
        }

        return limits;
    }

    [GeneratedRegex(@"\s+and\s+|\s*&&?\s*|\s*,\s*")]
    private static partial Regex Conjunction();

    [GeneratedRegex("[A-Za-z][A-Za-z0-9_]*")]
    private static partial Regex Word();

    [GeneratedRegex("<=|>=|<|>|≤|≥")]
    private static partial Regex Comparison();
}
