using System.Text.RegularExpressions;

namespace PinnSweep.Tests.Telemetry;

/// <summary>An expression in Prometheus's language: which series it names, and by which labels.</summary>
/// <param name="Where">For messages.</param>
/// <param name="Text">The expression.</param>
internal sealed partial record PromQuery(string Where, string Text)
{
    // What Prometheus adds to every series that it collects.
    private static readonly string[] OfTheScrape = ["job", "instance"];

    private static readonly HashSet<string> Functions = ["rate", "increase", "histogram_quantile", "label_values"];
    private static readonly HashSet<string> Aggregators = ["sum", "max", "min", "avg", "count"];
    private static readonly HashSet<string> Words = ["and", "or", "unless", "bool", "offset"];

    /// <summary>What is wrong with it.</summary>
    /// <param name="series">The series that there are, with their labels.</param>
    /// <param name="variables">Variables of the dashboard.</param>
    public IEnumerable<string> Mistakes(IReadOnlyDictionary<string, IReadOnlySet<string>> series, IReadOnlySet<string> variables)
    {
        foreach (var name in Variable().Matches(Text).Select(match => match.Groups[1].Value).Where(name => !variables.Contains(name)))
        {
            yield return $"{Where}: no variable is called {name}";
        }

        // Texts are values, and ranges name nothing.
        var tokens = Token().Matches(Range().Replace(Quoted().Replace(Text, "\"\""), "")).Select(match => match.Value).ToArray();
        for (var at = 0; at < tokens.Length; at++)
        {
            var next = at + 1 < tokens.Length ? tokens[at + 1] : "";
            if (tokens[at] == "by")
            {
                var labels = Inside(tokens, at + 1);
                var inner = Inside(tokens, at + 2 + labels.Length + 1).Where(series.ContainsKey).ToArray();
                foreach (var label in labels.Where(token => token != ","))
                {
                    foreach (var name in inner.Where(name => !series[name].Contains(label) && !OfTheScrape.Contains(label)))
                    {
                        yield return $"{Where}: {name} has no label {label}";
                    }
                }

                at += labels.Length + 2;
            }
            else if (tokens[at] == "label_values")
            {
                // The series, a comma, a label of it.
                var inside = Inside(tokens, at + 1);
                if (!series.TryGetValue(inside[0], out var known) || !(known.Contains(inside[^1]) || OfTheScrape.Contains(inside[^1])))
                {
                    yield return $"{Where}: {inside[0]} has no label {inside[^1]}";
                }

                at += inside.Length + 2;
            }
            else if (char.IsLetter(tokens[at][0]) && (next == "(" || Aggregators.Contains(tokens[at])))
            {
                if (!Functions.Contains(tokens[at]) && !Aggregators.Contains(tokens[at]))
                {
                    yield return $"{Where}: no function is called {tokens[at]}";
                }
            }
            else if (char.IsLetter(tokens[at][0]) && !Words.Contains(tokens[at]))
            {
                var name = tokens[at];
                if (!series.TryGetValue(name, out var labels))
                {
                    yield return $"{Where}: no series is called {name}";
                }

                for (; next == "{" && tokens[at] != "}"; at++)
                {
                    if (char.IsLetter(tokens[at][0]) && tokens[at] != name && labels?.Contains(tokens[at]) == false && !OfTheScrape.Contains(tokens[at]))
                    {
                        yield return $"{Where}: {name} has no label {tokens[at]}";
                    }
                }
            }
        }
    }

    /// <summary>What stands between the bracket at a place and the one that closes it.</summary>
    private static string[] Inside(string[] tokens, int open)
    {
        var depth = 0;
        var inside = tokens.Skip(open).TakeWhile(token => (depth += token is "(" or "{" ? 1 : token is ")" or "}" ? -1 : 0) > 0).Skip(1);
        return [.. inside];
    }

    [GeneratedRegex(@"\$\{?([a-zA-Z_]\w*)\}?")]
    private static partial Regex Variable();

    [GeneratedRegex(@"""[^""]*""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Range();

    [GeneratedRegex(@"[a-zA-Z_:][\w:]*|[0-9.]+|[^\s\w]")]
    private static partial Regex Token();
}
