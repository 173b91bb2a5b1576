using System.Text;
using Microsoft.AspNetCore.Http;
using PinnSweep.Pages.Components;

namespace PinnSweep.Pages;

/// <summary>A page as an answer, in its frame and with the headers that pages have.</summary>
/// <param name="page">The page.</param>
/// <param name="status">The status of the answer.</param>
internal sealed class PageResult(Page page, int status = StatusCodes.Status200OK) : IResult
{
    /// <summary>
    /// Nothing is taken from elsewhere, no script or style stands in a page itself, and forms go to this node alone.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var html = Encoding.UTF8.GetBytes(await Rendering.HtmlAsync(Layout.Of(page, Viewer.Of(httpContext), httpContext.Request.PathBase + httpContext.Request.Path)));
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = html.Length;
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        // Without a referrer at all a browser calls the origin of its own forms "null", which is anybody's.
        response.Headers["Referrer-Policy"] = "same-origin";
        await response.Body.WriteAsync(html, httpContext.RequestAborted);
    }
}
