using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.SeqImport;

/// <summary>What a refusal of Seq means, and what to do.</summary>
internal static class SeqRefusal
{
    private const string Key = "an API key with the permissions Read and Write by --api-key or PINNSWEEP_SEQ_API_KEY";

    public static UserMistakeException Of(Uri url, HttpResponseMessage response, string body, string permission, bool hasKey, string file)
    {
        var status = (int)response.StatusCode;
        var (at, words) = (file.Length == 0 ? $"{url}" : $"{url}: {file}", Words(body));
        return new(response.StatusCode switch
        {
            HttpStatusCode.Unauthorized when hasKey => $"{url}: Seq does not know this API key (401). Give {Key}",
            HttpStatusCode.Unauthorized => $"{url}: Seq asks who you are (401). Give {Key}",
            HttpStatusCode.Forbidden when !hasKey => $"{url}: Seq lets only those with the permission {permission} do this (403). Give {Key}",
            HttpStatusCode.Forbidden => $"{at}: the API key lacks the permission {permission} (403){(words is null ? "" : $": {words}")}. What is protected in Seq needs Project too",
            HttpStatusCode.NotFound => $"{url}: no Seq is there (404). --url is the address of its pages without a path, for instance http://localhost:5341",
            HttpStatusCode.BadRequest or HttpStatusCode.Conflict => $"{at}: Seq refuses it ({status}){(words is null ? "" : $": {words}")}",
            >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => $"{url}: it sends elsewhere ({status}), to {response.Headers.Location}; name that address by --url",
            _ => $"{at}: Seq answers with status {status}{(words is null ? "" : $": {words}")}; try again later",
        });
    }

    // Seq says why as {"Error": "…"}.
    private static string? Words(string body)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject said && said["Error"] is JsonValue error && error.TryGetValue(out string? words) ? words.TrimEnd('.') : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
