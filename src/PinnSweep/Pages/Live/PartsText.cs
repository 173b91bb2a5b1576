namespace PinnSweep.Pages.Live;

/// <summary>Parts of a page as text.</summary>
internal static class PartsText
{
    public static async Task<IReadOnlyCollection<(string Name, string Text)>> OfAsync(IEnumerable<LivePart> parts)
    {
        var texts = new List<(string, string)>();
        foreach (var part in parts)
        {
            texts.Add((part.Name, await Rendering.HtmlAsync(part.Content)));
        }

        return texts;
    }
}
