using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>What the readers of a problem file share: its names so far, and how pieces of it become values.</summary>
internal sealed class FileScope(MistakeList mistakes)
{
    private const int LongestExpression = 4000;

    public MistakeList Mistakes => mistakes;

    /// <summary>The names that expressions may use; grows while the file is read.</summary>
    public ExpressionSymbols Symbols { get; set; } = ExpressionSymbols.Empty;

    /// <summary>The parts of an expression that have no value everywhere.</summary>
    public sealed record Parsed(Expr Expression, string Text, ImmutableArray<(PartialPart Part, Place Place)> Partial)
    {
        /// <summary>The coordinate whose two sides a condition compares; null of all else.</summary>
        public int? PairsOn { get; init; }
    }

    /// <summary>A map with known keys, or null. Unknown keys are told.</summary>
    public SourceNode.Map? MapOf(SourceNode node, string key, params string[] keys)
    {
        if (node is not SourceNode.Map map)
        {
            mistakes.Add(node.Place, key, $"expected a map with {string.Join(", ", keys)}; found {node.Words}");
            return null;
        }

        foreach (var entry in map.Entries.Where(entry => !keys.Contains(entry.Key)))
        {
            mistakes.Add(entry.Place, key, $"unknown key {NearestMatch.Quote(entry.Key)}{NearestMatch.Hint(entry.Key, keys)}");
        }

        return map;
    }

    /// <summary>The entries of a map with free names, at most that many; none where it is absent and may be.</summary>
    public IReadOnlyList<SourceEntry> Named(SourceNode.Map file, string key, string what, int most)
    {
        switch (file.Find(key))
        {
            case null or { Value: SourceNode.Scalar { IsNull: true } }:
                return [];
            case { Value: SourceNode.Map map } when map.Entries.Count <= most:
                return map.Entries;
            case { Value: SourceNode.Map map }:
                mistakes.Add(map.Place, key, FormattableString.Invariant($"{map.Entries.Count} entries; at most {most}"));
                return [];
            case var entry:
                mistakes.Add(entry.Value.Place, key, $"expected a map from names to {what}; found {entry.Value.Words}");
                return [];
        }
    }

    /// <summary>A finite number: written as one, or as an expression of constants such as <c>0.01/pi</c>.</summary>
    public double? NumberOf(SourceNode? node, Place place, string key)
    {
        const string Expected = "expected a number, or an expression of constants such as 2*pi";
        if (node is not SourceNode.Scalar { IsNull: false } scalar)
        {
            mistakes.Add(node?.Place ?? place, key, $"{Expected}; found {node?.Words ?? "nothing"}");
            return null;
        }

        var value = scalar.Value is SpecValue.Number number ? number.Value
            : Parse(scalar, key, Symbols with { Coordinates = [], Outputs = [], Coefficients = [] }, isEquation: false) is { } parsed ? PointValue.Of(parsed.Expression, [])!.Value
            : (double?)null;
        if (value is { } found && !double.IsFinite(found))
        {
            mistakes.Add(scalar.Place, key, $"{NearestMatch.Quote(scalar.Text)} is not finite");
            return null;
        }

        return value;
    }

    /// <summary>A whole number within bounds.</summary>
    public int? CountOf(SourceNode node, string key, int least, int most)
    {
        if (node is SourceNode.Scalar { Value: SpecValue.Number { Value: var x } } && Math.Floor(x) == x && x >= least && x <= most)
        {
            return (int)x;
        }

        mistakes.Add(node.Place, key, FormattableString.Invariant($"expected a whole number from {least} to {most}; found {node.Words}"));
        return null;
    }

    /// <summary>True or false; false where it is absent.</summary>
    public bool FlagOf(SourceNode.Map map, string name, string key)
    {
        switch (map.Find(name)?.Value)
        {
            case null:
                return false;
            case SourceNode.Scalar { Value: SpecValue.Flag flag }:
                return flag.Value;
            case var node:
                mistakes.Add(node.Place, $"{key}.{name}", $"expected true or false; found {node.Words}");
                return false;
        }
    }

    /// <summary>Words: one, or a list of them.</summary>
    public IReadOnlyList<SourceNode.Scalar> WordsOf(SourceNode node, string key, string what)
    {
        var items = node is SourceNode.List list ? list.Items : [node];
        var words = items.OfType<SourceNode.Scalar>().Where(word => !word.IsNull).ToList();
        foreach (var other in items.Where(item => item is not SourceNode.Scalar { IsNull: false }))
        {
            mistakes.Add(other.Place, key, $"expected {what}; found {other.Words}");
        }

        if (items.Count == 0)
        {
            mistakes.Add(node.Place, key, $"expected {what}; found an empty list");
        }

        return words;
    }

    /// <summary>An expression, or an equation where one may stand, which a condition may write between two sides.</summary>
    public Parsed? Parse(SourceNode? node, string key, ExpressionSymbols symbols, bool isEquation, bool isCondition = false)
    {
        if (node is not SourceNode.Scalar { IsNull: false } scalar)
        {
            mistakes.Add(node?.Place ?? default, key, $"expected an expression; found {node?.Words ?? "nothing"}");
            return null;
        }

        if (scalar.Text.Length > LongestExpression)
        {
            mistakes.Add(scalar.Place, key, FormattableString.Invariant($"has {scalar.Text.Length} characters; an expression has at most {LongestExpression}"));
            return null;
        }

        try
        {
            var partial = new List<PartialPart>();
            var (expression, pairsOn, text) = ExpressionParser.Read(scalar.Text, symbols, partial, isEquation, isCondition);
            return new(expression, text, [.. partial.Select(part => (part, scalar.At(part.Column)))]) { PairsOn = pairsOn };
        }
        catch (ExpressionException mistake)
        {
            // A folded or escaped text has no columns of its own in the file, so the message counts within the expression.
            var where = scalar.TextColumn > 0 ? "" : FormattableString.Invariant($" (character {mistake.Column} of the expression)");
            mistakes.Add(scalar.At(mistake.Column), key, mistake.Message + where);
            return null;
        }
    }
}
