using System.Data.Common;
using PinnSweep.Pages.Components;

namespace PinnSweep.Pages.Live;

/// <summary>What a page says while nobody tells it anything new.</summary>
internal static class Silence
{
    /// <summary>The name of the part.</summary>
    public const string Name = "silence";

    /// <summary>Nothing to say.</summary>
    public static Task<(string Name, string Text)> HeardAsync() => Task.FromResult((Name, ""));

    /// <summary>Since when, and how old the numbers are.</summary>
    public static async Task<(string Name, string Text)> SinceAsync(string who, DateTimeOffset since, DateTimeOffset numbers) =>
        (Name, await Rendering.HtmlAsync(SilenceNote.Of(who, since, numbers)));

    /// <summary>Who does not answer.</summary>
    public static string Whose(Exception away) => away is DbException ? "store" : "coordinator";
}
