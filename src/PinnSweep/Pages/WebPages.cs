using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PinnSweep.Api;
using PinnSweep.Pages.Components;
using PinnSweep.Pages.Live;

namespace PinnSweep.Pages;

/// <summary>The pages of a node. Each request is answered from the store and the coordinator alone, so any node can answer the next.</summary>
internal sealed class WebPages : IBrowserPages
{
    private const string RetrySeconds = "5";

    public void Map(WebApplication app, ApiParts parts)
    {
        var routes = app.MapGroup("").ExcludeFromDescription();
        var topics = new LiveTopics(parts.Log, app.Lifetime.ApplicationStopping);
        PageAssets.Map(routes);
        LoginEndpoints.Map(routes, parts);
        StudiesEndpoints.Map(routes, parts);
        StudyPageEndpoints.Map(routes, parts);
        TrialsPageEndpoints.Map(routes, parts);
        TrialPageEndpoints.Map(routes, parts);
        CurvesPageEndpoints.Map(routes, parts);
        TuningPageEndpoints.Map(routes, parts);
        ComparePageEndpoints.Map(routes, parts);
        ClusterEndpoints.Map(routes, parts);
        OrderEndpoints.Map(routes, parts);
        LiveEndpoints.Map(routes, parts, topics);
    }

    public async Task WriteProblemAsync(HttpContext context, int status, string detail)
    {
        if (status == StatusCodes.Status503ServiceUnavailable && HttpMethods.IsGet(context.Request.Method))
        {
            // A coordinator that moves, or a store that restarts: the page comes by itself once it can.
            context.Response.Headers["Refresh"] = RetrySeconds;
        }

        var heading = Heading(status);
        await new PageResult(new(heading, Places.None, MessagePage.Of(heading, detail.Split('\n'))), status).ExecuteAsync(context);
    }

    private static string Heading(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "A mistake in the request",
        StatusCodes.Status401Unauthorized => "Log in first",
        StatusCodes.Status403Forbidden => "Not allowed",
        StatusCodes.Status404NotFound => "Not found",
        StatusCodes.Status405MethodNotAllowed => "Not done this way",
        StatusCodes.Status429TooManyRequests => "Too many attempts",
        StatusCodes.Status503ServiceUnavailable => "Not now",
        _ => "Not done",
    };
}
