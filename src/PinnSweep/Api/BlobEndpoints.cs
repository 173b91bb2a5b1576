using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Cluster.Blobs;
using PinnSweep.Storage.Blobs;
using PinnSweep.Storage.Files;

namespace PinnSweep.Api;

/// <summary>
/// Checkpoints and results of workers that have no store. A body is written to a file beside and hashed on the way before the store is
/// touched, because a store that waited for a slow network inside a transaction would hold everybody up.
/// </summary>
internal static class BlobEndpoints
{
    private const string Pattern = $"/{HttpBlobStore.Route}{{sha256}}";

    public static void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        routes.MapPut(Pattern, async (string sha256, HttpContext context, CancellationToken cancel) =>
            {
                Require(sha256);
                var isStored = await PutAsync(parts, sha256, context, cancel);
                return isStored ? Results.StatusCode(StatusCodes.Status201Created) : throw new RefusalException(StatusCodes.Status422UnprocessableEntity, $"the body does not have the SHA-256 {sha256}");
            })
            .Needs(Role.Operate)
            .WithMetadata(new DisableRequestTimeoutAttribute())
            .WithSummary("Store a content under its SHA-256. Its length must be announced.")
            .Accepts<byte[]>("application/octet-stream")
            .Produces(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        routes.MapMethods(Pattern, ["GET", "HEAD"], async (string sha256, CancellationToken cancel) =>
            {
                Require(sha256);
                return await GetAsync(parts, sha256, cancel);
            })
            .Needs(Role.Read)
            .WithMetadata(new DisableRequestTimeoutAttribute())
            .WithSummary("A stored content.")
            .Produces<byte[]>(StatusCodes.Status200OK, "application/octet-stream")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static void Require(string sha256)
    {
        if (sha256.Length != 2 * SHA256.HashSizeInBytes || !sha256.All(char.IsAsciiHexDigitLower))
        {
            throw RefusalException.BadRequest("expected a SHA-256: 64 hexadecimal digits in lower case");
        }
    }

    private static async Task<bool> PutAsync(ApiParts parts, string sha256, HttpContext context, CancellationToken cancel)
    {
        var maximum = parts.Options.MaximumBlobBytes;
        var bytes = context.Request.ContentLength ?? throw new RefusalException(StatusCodes.Status411LengthRequired, "a blob's length must be announced by Content-Length");
        if (bytes > maximum)
        {
            throw new RefusalException(StatusCodes.Status413PayloadTooLarge, $"a blob has at most {maximum} bytes; this one has {bytes}");
        }

        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = maximum;
        var path = Temporary(parts);
        try
        {
            await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous))
            {
                if (await HashAsync(context.Request.Body, file, cancel) != sha256)
                {
                    return false;
                }
            }

            await Task.Run(() => parts.Store.Blobs.PutAsync(path, sha256, bytes, cancel), cancel);
            return true;
        }
        catch (BlobCorruptException)
        {
            return false;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<FileStreamHttpResult> GetAsync(ApiParts parts, string sha256, CancellationToken cancel)
    {
        var path = Temporary(parts);
        try
        {
            await Task.Run(() => parts.Store.Blobs.FetchAsync(sha256, path, cancel), cancel);
            return TypedResults.File(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous), "application/octet-stream");
        }
        catch (KeyNotFoundException)
        {
            throw RefusalException.NotFound($"no blob {sha256} in the store");
        }
        catch (BlobCorruptException damage)
        {
            // This one content; others may be well.
            throw new RefusalException(StatusCodes.Status422UnprocessableEntity, damage.Message);
        }
        finally
        {
            // What is open is read to its end all the same.
            File.Delete(path);
        }
    }

    private static string Temporary(ApiParts parts)
    {
        PrivateFiles.Folder(parts.Options.WorkFolder, "name a folder of your own by --work");
        return Path.Combine(parts.Options.WorkFolder, $"blob-{Guid.NewGuid():N}");
    }

    private static async Task<string> HashAsync(Stream source, Stream target, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        for (int read; (read = await source.ReadAsync(buffer, cancel)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancel);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
