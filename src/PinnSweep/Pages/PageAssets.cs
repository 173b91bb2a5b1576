using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Api;

namespace PinnSweep.Pages;

/// <summary>
/// Scripts and styles, embedded in the program. The address of each holds the hash of its content, so that browsers keep it for as long as
/// they like and a new version of the program is seen at once.
/// </summary>
internal static class PageAssets
{
    private const string Prefix = "pages/";

    private static readonly FrozenDictionary<string, Asset> All = typeof(PageAssets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(name => Asset.Load(name))
        .ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);

    /// <summary>The address of one.</summary>
    public static string Address(string name) => $"/assets/{All[name].Hash}/{name}";

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assets/{hash}/{name}", (HttpContext context, string hash, string name) =>
        {
            if (!All.TryGetValue(name, out var asset) || asset.Hash != hash)
            {
                throw RefusalException.NotFound("this program has no such file for pages; reload the page that asked for it");
            }

            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return TypedResults.Bytes(asset.Content, asset.MediaType);
        })
        .Needs(null);

    private sealed record Asset(string Name, string Hash, string MediaType, byte[] Content)
    {
        public static Asset Load(string resource)
        {
            using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream(resource)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            var name = resource[Prefix.Length..];
            return new(name, Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8)), MediaTypeOf(name), content);
        }

        private static string MediaTypeOf(string name) => Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "text/plain; charset=utf-8",
        };
    }
}
