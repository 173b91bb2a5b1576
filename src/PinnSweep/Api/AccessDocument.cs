using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace PinnSweep.Api;

/// <summary>What the OpenAPI document says of access: the scheme, and of each operation which role it needs.</summary>
internal static class AccessDocument
{
    /// <summary>Adds it to the document of a node.</summary>
    /// <param name="document">How the document is made.</param>
    /// <param name="hasTokens">Whether the node asks for tokens; where it does not, they may be left out.</param>
    public static void Add(OpenApiOptions document, bool hasTokens)
    {
        document.AddDocumentTransformer((described, _, _) =>
        {
            described.AddComponent<IOpenApiSecurityScheme>(
                Access.Scheme,
                new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    Description = "A token of the node's file. `read` looks at everything, `operate` does everything.",
                });
            return Task.CompletedTask;
        });
        document.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            if (metadata.OfType<IAllowAnonymous>().Any())
            {
                return Task.CompletedTask;
            }

            var role = metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy ?? Access.Otherwise.ToString();
            operation.Security =
            [
                .. hasTokens ? [] : new OpenApiSecurityRequirement[] { [] },
                new OpenApiSecurityRequirement { [new(Access.Scheme, context.Document)] = [role.ToLowerInvariant()] },
            ];
            return Task.CompletedTask;
        });
    }
}
