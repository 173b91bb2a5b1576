namespace PinnSweep.Studies.Sources;

/// <summary>
/// Commas within parentheses of a map in one line: <c>{p: u_t = max(u, 0)}</c> is for YAML a value <c>u_t = max(u</c> and a key <c>0)</c>
/// without a value, which nobody can mean.
/// </summary>
internal static class FlowCommas
{
    /// <summary>A value with what the comma cut off; null where the key is one of its own.</summary>
    /// <param name="before">The entry before.</param>
    /// <param name="key">What YAML takes for the next key.</param>
    /// <param name="value">And for its value.</param>
    public static SourceEntry? Join(SourceEntry before, SourceNode.Scalar key, SourceNode value)
    {
        if (before.Value is not SourceNode.Scalar { Plain: true } first || !key.Plain || value is not SourceNode.Scalar { Plain: true, Text: "" } || !IsOpen(first.Text))
        {
            return null;
        }

        // As many blanks as in the file, so that columns stay what they are.
        var blanks = first.TextColumn > 0 && key.TextColumn > 0 && key.Place.Line == first.Place.Line ? key.TextColumn - first.TextColumn - first.Text.Length - 1 : -1;
        var joined = $"{first.Text},{new string(' ', Math.Max(0, blanks))}{key.Text}";
        return before with { Value = first with { Text = joined, TextColumn = blanks >= 0 ? first.TextColumn : 0 } };
    }

    private static bool IsOpen(string text) => text.Count(letter => letter == '(') > text.Count(letter => letter == ')');
}
