using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PinnSweep.Api;

/// <summary>The body of a request as an object.</summary>
internal static class JsonBody
{
    /// <summary>Reads it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="expected">The object, for messages.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="RefusalException">It is no such object.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, string expected, CancellationToken cancel)
        where T : class
    {
        try
        {
            // A key that stands twice has no meaning.
            using var document = await JsonDocument.ParseAsync(context.Request.Body, new() { AllowDuplicateProperties = false }, cancel);
            return document.RootElement.Deserialize<T>(ApiJson.Options) ?? throw RefusalException.BadRequest($"expected {expected}");
        }
        catch (JsonException unreadable)
        {
            throw RefusalException.BadRequest($"expected {expected}; {unreadable.Message}");
        }
    }
}
