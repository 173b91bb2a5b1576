using Microsoft.AspNetCore.Components;

namespace PinnSweep.Pages;

/// <summary>A page: a title, what stands in its middle, and what the frame around it has to know.</summary>
/// <param name="Title">What the browser's tab says.</param>
/// <param name="Place">The word of the place in the navigation that it belongs to: see <see cref="Places"/>.</param>
/// <param name="Content">The middle.</param>
internal sealed record Page(string Title, string Place, RenderFragment Content)
{
    /// <summary>Where its parts are told anew while they change; null for a page that stays as it is.</summary>
    public string? Live { get; init; }

    /// <summary>Whether it draws curves.</summary>
    public bool HasCharts { get; init; }

    /// <summary>Further scripts and style sheets of its own, by their names in the assets.</summary>
    public IReadOnlyList<string> Assets { get; init; } = [];
}

/// <summary>Words of the navigation.</summary>
internal static class Places
{
    public const string Studies = "studies";
    public const string Cluster = "cluster";
    public const string Compare = "compare";
    public const string None = "";
}
