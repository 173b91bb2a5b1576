using Microsoft.AspNetCore.Components;

namespace PinnSweep.Pages;

/// <summary>A part of a page that is told anew whenever it has changed: the same in the page and among its events.</summary>
/// <param name="Name">The event's name, lower case and dashes.</param>
/// <param name="Content">What it shows to everybody: nothing of one viewer's.</param>
internal sealed record LivePart(string Name, RenderFragment Content);
