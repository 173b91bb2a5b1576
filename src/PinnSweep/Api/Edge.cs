using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Logging;
using PinnSweep.Processes;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Api;

/// <summary>The outermost edge: whatever goes wrong inside a request becomes an answer here.</summary>
internal sealed class Edge(RequestDelegate next, ILogger log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";

        // Whatever a browser takes an answer for, it asks for nothing, runs nothing, and is shown within no other page.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        context.Response.Headers.XFrameOptions = "DENY";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        try
        {
            await next(context);
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            if (context.RequestAborted.IsCancellationRequested && failure is OperationCanceledException or IOException)
            {
                return;
            }

            var (status, words, retry) = Answer(failure);
            // A database that is away tells so itself, and every request would repeat it.
            if (status == StatusCodes.Status500InternalServerError || (failure is not DbException && MachineTrouble.Explain(failure) is not null))
            {
                LogEvents.RequestFailed(log, failure, context.Request.Method, context.GetEndpoint()?.DisplayName ?? "?");
            }

            context.Response.Headers.ContentType = default;
            await ProblemAnswer.WriteAsync(context, status, words, retry);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked is gone, or the node stops.
        }
    }

    private static (int Status, string Words, int? Retry) Answer(Exception failure) => failure switch
    {
        RefusalException refusal => (refusal.Status, refusal.Message, refusal.RetryAfterSeconds),
        UserMistakeException mistake => (StatusCodes.Status400BadRequest, mistake.Message, null),
        BadHttpRequestException bad => (bad.StatusCode, bad.Message, null),
        DbException => (StatusCodes.Status503ServiceUnavailable, "the store does not answer", 5),
        OperationCanceledException or TimeoutException => (StatusCodes.Status503ServiceUnavailable, "it took too long; try again", 5),
        IOException => (StatusCodes.Status503ServiceUnavailable, "the node's disk does not take more", 30),
        _ when MachineTrouble.Explain(failure) is not null => (StatusCodes.Status503ServiceUnavailable, "the node's machine does not permit it now; the node's log tells more", 30),
        _ => (StatusCodes.Status500InternalServerError, "a defect of PinnSweep; the node's log tells more", null),
    };
}
