using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace PinnSweep.Api;

/// <summary>A request that is not done, with the status and the words that say why.</summary>
internal sealed class RefusalException(int status, string message) : Exception(message)
{
    public int Status => status;

    /// <summary>After how many seconds it may be tried again; null where that would not help.</summary>
    public int? RetryAfterSeconds { get; init; }

    public static RefusalException BadRequest(string message) => new(StatusCodes.Status400BadRequest, message);

    public static RefusalException NotFound(string message) => new(StatusCodes.Status404NotFound, message);

    public static RefusalException NotNow(string message, int seconds) => new(StatusCodes.Status503ServiceUnavailable, message) { RetryAfterSeconds = seconds };
}

/// <summary>Answers that are no success, as <c>application/problem+json</c> (RFC 9457), to a person as a page.</summary>
internal static class ProblemAnswer
{
    /// <summary>Writes one; a mistake of several lines also stands line by line under <c>mistakes</c>.</summary>
    public static async Task WriteAsync(HttpContext context, int status, string detail, int? retryAfterSeconds = null)
    {
        context.Response.StatusCode = status;
        if (retryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        if (Browsers.PagesFor(context) is { } pages)
        {
            await pages.WriteProblemAsync(context, status, detail);
            return;
        }

        await context.Response.WriteAsJsonAsync(
            new ProblemModel(Title(status), status, detail, status == StatusCodes.Status400BadRequest ? detail.Split('\n') : null),
            ApiJson.Options,
            "application/problem+json",
            context.RequestAborted);
    }

    private static string Title(int status) => status switch
    {
        400 => "A mistake in the request",
        401 => "A token is needed",
        403 => "Not allowed",
        404 => "Not found",
        405 => "Method not allowed",
        408 => "Too slow",
        409 => "In conflict",
        411 => "A length is needed",
        413 => "Too large",
        415 => "Not in a form that is read here",
        422 => "Damaged",
        503 => "Not now",
        _ => "Not done",
    };

    private sealed record ProblemModel(string Title, int Status, string Detail, IReadOnlyList<string>? Mistakes);
}
