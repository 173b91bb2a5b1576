using System.Globalization;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Tidy;

/// <summary>A column of a tidy table: values of one type, null where there is none.</summary>
/// <param name="Name">Its heading.</param>
internal abstract record TidyColumn(string Name)
{
    /// <summary>A value as text; empty where there is none.</summary>
    public abstract string Text(int row);

    /// <summary>Text.</summary>
    public sealed record Words(string Name, string?[] Values) : TidyColumn(Name)
    {
        public override string Text(int row) => Values[row] ?? "";
    }

    /// <summary>Numbers. What is not a number is no value; infinities are some.</summary>
    public sealed record Numbers(string Name, double?[] Values) : TidyColumn(Name)
    {
        public override string Text(int row) => Values[row] is { } value ? NumberText.RoundTrip(value) : "";
    }

    /// <summary>Whole numbers.</summary>
    public sealed record Integers(string Name, long?[] Values) : TidyColumn(Name)
    {
        public override string Text(int row) => Values[row]?.ToString(CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary>True or false.</summary>
    public sealed record Flags(string Name, bool?[] Values) : TidyColumn(Name)
    {
        public override string Text(int row) => Values[row] switch { true => "true", false => "false", null => "" };
    }
}
