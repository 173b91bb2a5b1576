using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace PinnSweep.Api;

/// <summary>Which requests a person with a browser makes, by following a link or sending a form.</summary>
internal static class Browsers
{
    /// <summary>The pages, where the answer is for a person and the node has pages.</summary>
    public static IBrowserPages? PagesFor(HttpContext context) =>
        IsPage(context.Request) ? context.RequestServices.GetService<IBrowserPages>() : null;

    /// <summary>Whether another site's page sent it, as browsers tell.</summary>
    public static bool IsFromElsewhere(HttpRequest request) =>
        request.Headers.Origin is [{ } origin] && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value);

    // Programs take */*, scripts of a page what they name; only a browser that is to show something says text/html.
    private static bool IsPage(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api") && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
