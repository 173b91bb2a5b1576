using System.CommandLine;
using System.Text.RegularExpressions;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Commands;

/// <summary>What to say when a command line does not parse: the wrong word, what is allowed in its place, and the nearest match.</summary>
internal static partial class MistypedCommand
{
    public static string Explain(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var name = command is RootCommand ? "pinnsweep" : $"pinnsweep {command.Name}";
        var lines = parsed.UnmatchedTokens.Count > 0
            ? parsed.UnmatchedTokens.Take(1).Select(token => Unmatched(command, token))
            : parsed.Errors.Select(error => Untyped(error.Message));
        return $"{string.Join(Environment.NewLine, lines.Distinct().Select(line => $"{name}: {line}"))}{Environment.NewLine}{name} --help shows what is there.";
    }

    /// <summary>The parser speaks of .NET types, such as <c>System.Nullable`1[System.Int32]</c>; a person knows numbers.</summary>
    private static string Untyped(string message) =>
        DotnetType().Replace(message, type => type.ValueSpan.Contains("Int", StringComparison.Ordinal) ? "as a whole number" : "as a number");

    [GeneratedRegex(@"as expected type '[^']*(Int32|Int64|Double)[^']*'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DotnetType();

    private static string Unmatched(Command command, string token)
    {
        if (token.StartsWith('-'))
        {
            var options = command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive)))
                .Where(option => !option.Hidden).Select(option => option.Name).ToList();
            return $"unknown option {NearestMatch.Quote(token)}{NearestMatch.Hint(token.Split('=')[0], options)}";
        }

        if (command.Subcommands.Count > 0)
        {
            var verbs = command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name).ToList();
            return $"unknown verb {NearestMatch.Quote(token)}{NearestMatch.Hint(token, verbs)}";
        }

        return $"{NearestMatch.Quote(token)} is one word too many";
    }
}
