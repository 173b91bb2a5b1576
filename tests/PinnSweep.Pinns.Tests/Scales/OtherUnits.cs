using System.Globalization;
using System.Text.RegularExpressions;

namespace PinnSweep.Pinns.Tests.Scales;

/// <summary>A problem file with the coordinate x and the output u in other units: x' = offset + size·x, u' = amount·u.</summary>
internal static partial class OtherUnits
{
    /// <summary>An expression of the old coordinate and output, in the new ones.</summary>
    public static string Of(string expression, double size, double offset, double amount)
    {
        var replaced = Name().Replace(expression, match => match.Value switch
        {
            "x" => $"((x - {Number(offset)})/{Number(size)})",
            "u" => $"(u/{Number(amount)})",
            "u_x" => $"(u_x*{Number(size)}/{Number(amount)})",
            "u_xx" => $"(u_xx*{Number(size)}^2/{Number(amount)})",
            var other => other == "u_xt" ? throw new NotSupportedException(other) : other.StartsWith("u_", StringComparison.Ordinal) ? $"({other}/{Number(amount)})" : other,
        });
        return replaced;
    }

    /// <summary>A whole file whose lines of text are only terms, solution and data as <see cref="ProblemFiles.RandomProblem"/> writes them.</summary>
    public static string OfFile(string text, double size, double offset, double amount)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).Select(line =>
            line.StartsWith("coordinates:", StringComparison.Ordinal) ? Range().Replace(line, match => $"x: [{Shifted(match.Groups[1].Value, size, offset)}, {Shifted(match.Groups[2].Value, size, offset)}]")
            : line.StartsWith("exact:", StringComparison.Ordinal) ? Quoted().Replace(line, match => $"\"{Number(amount)}*({Of(match.Groups[1].Value, size, offset, amount)})\"")
            : line.StartsWith("data:", StringComparison.Ordinal) ? Data(line, size, offset, amount)
            : Quoted().Replace(line, match => $"\"{Of(match.Groups[1].Value, size, offset, amount)}\""));
        return string.Join('\n', lines);
    }

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Data(string line, double size, double offset, double amount) => Row().Replace(line, match =>
    {
        var cells = match.Groups[1].Value.Split(", ").Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray();
        (cells[0], cells[^1]) = (offset + (size * cells[0]), amount * cells[^1]);
        return $"[{string.Join(", ", cells.Select(Number))}]";
    });

    private static string Shifted(string value, double size, double offset) => Number(offset + (size * double.Parse(value, CultureInfo.InvariantCulture)));

    [GeneratedRegex(@"\b(u_[a-z]+|u|x)\b(?!\()")]
    private static partial Regex Name();

    [GeneratedRegex(@"x: \[([^,\]]+), ([^\]]+)\]")]
    private static partial Regex Range();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\[([-0-9.eE+]+(?:, [-0-9.eE+]+)+)\]")]
    private static partial Regex Row();
}
