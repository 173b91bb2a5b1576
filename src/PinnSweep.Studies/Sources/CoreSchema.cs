using System.Globalization;
using System.Text.RegularExpressions;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Sources;

/// <summary>What plain scalars mean: the core schema of YAML 1.2.2, section 10.3.2.</summary>
internal static partial class CoreSchema
{
    /// <summary>The value of a plain scalar; text where it is nothing else.</summary>
    public static SpecValue Resolve(string plain) => plain switch
    {
        "" or "~" or "null" or "Null" or "NULL" => SpecValue.None.Value,
        "true" or "True" or "TRUE" => new SpecValue.Flag(true),
        "false" or "False" or "FALSE" => new SpecValue.Flag(false),
        ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" => new SpecValue.Number(double.PositiveInfinity),
        "-.inf" or "-.Inf" or "-.INF" => new SpecValue.Number(double.NegativeInfinity),
        ".nan" or ".NaN" or ".NAN" => new SpecValue.Number(double.NaN),
        _ when Decimal().IsMatch(plain) => new SpecValue.Number(double.Parse(plain, NumberStyles.Float, CultureInfo.InvariantCulture)),
        _ when Octal().IsMatch(plain) => new SpecValue.Number(plain.AsSpan(2).ToArray().Aggregate(0.0, (value, digit) => (value * 8) + (digit - '0'))),
        _ when Hexadecimal().IsMatch(plain) => new SpecValue.Number(plain.AsSpan(2).ToArray().Aggregate(0.0, (value, digit) => (value * 16) + Convert.ToInt32(digit.ToString(), 16))),
        _ => new SpecValue.Text(plain),
    };

    /// <summary>The value of a scalar node.</summary>
    public static SpecValue Resolve(SourceNode.Scalar scalar) => scalar.Plain ? Resolve(scalar.Text) : new SpecValue.Text(scalar.Text);

    [GeneratedRegex(@"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();

    [GeneratedRegex(@"\A0o[0-7]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Octal();

    [GeneratedRegex(@"\A0x[0-9a-fA-F]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Hexadecimal();
}
