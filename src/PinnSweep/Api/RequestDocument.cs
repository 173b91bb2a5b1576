using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace PinnSweep.Api;

/// <summary>What the OpenAPI document says of requests: each parameter in words, with the values it takes, and an answer to one that is bad.</summary>
internal static class RequestDocument
{
    private const string BadRequest = "400";
    private const string Problem = "application/problem+json";

    /// <summary>Adds it to the document of a node.</summary>
    public static void Add(OpenApiOptions document) => document.AddOperationTransformer((operation, context, _) =>
    {
        var path = context.Description.RelativePath ?? "";
        var examples = new List<string>();
        foreach (var parameter in operation.Parameters ?? [])
        {
            if (ParameterWords.Of(path, parameter.Name ?? "") is not { } words)
            {
                continue;
            }

            parameter.Description = words.Description;
            examples.Add(words.Mistake);
            if (!words.Values.IsEmpty && parameter is OpenApiParameter { Schema: OpenApiSchema schema })
            {
                schema.Enum = [.. words.Values.Select(value => (JsonNode)JsonValue.Create(value))];
            }
        }

        if (operation.RequestBody is not null)
        {
            examples.Insert(0, ParameterWords.BodyMistake(path));
        }

        if (examples.Count > 0)
        {
            operation.Responses ??= [];
            operation.Responses[BadRequest] = new OpenApiResponse
            {
                Description = "A mistake in the request, in words; several stand line by line under mistakes.",
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    [Problem] = new() { Schema = Schema(), Example = Example(examples[0]) },
                },
            };
        }

        return Task.CompletedTask;
    });

    private static OpenApiSchema Schema() => new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["mistakes"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
        },
    };

    private static JsonObject Example(string detail) => new()
    {
        ["title"] = "A mistake in the request",
        ["status"] = 400,
        ["detail"] = detail,
        ["mistakes"] = new JsonArray(detail),
    };
}
