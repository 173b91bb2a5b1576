using Microsoft.AspNetCore.Http;

namespace PinnSweep.Pages;

/// <summary>After a form: the browser asks for a page in its place (303), so that reloading repeats no order.</summary>
/// <param name="address">A path of this node.</param>
internal sealed class SeeOther(string address) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = address;
        return Task.CompletedTask;
    }
}
