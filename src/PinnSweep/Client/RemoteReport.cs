using System.IO.Compression;
using PinnSweep.Studies;

namespace PinnSweep.Client;

/// <summary>A report that a node makes, unpacked into a folder.</summary>
internal static class RemoteReport
{
    /// <summary>Fetches it.</summary>
    /// <returns>The files that were written.</returns>
    /// <exception cref="UserMistakeException">The folder cannot be written, or the study is not known.</exception>
    public static async Task<IReadOnlyList<string>> FetchAsync(ApiClient client, string study, string folder, Func<string, bool> wanted, CancellationToken cancel)
    {
        var packed = Path.Combine(folder, $".pinnsweep-{Environment.ProcessId}.zip");
        await using var file = new FileStream(packed, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await client.CopyAsync($"api/studies/{ApiClient.Part(study)}/report?format=zip", file, cancel);
        file.Position = 0;
        var written = new List<string>();
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        foreach (var entry in zip.Entries.Where(entry => wanted(entry.FullName)))
        {
            // A name may say anything; only what lies in the folder is written.
            var path = Path.GetFullPath(entry.FullName, root);
            if (!path.StartsWith(root, StringComparison.Ordinal))
            {
                throw new UserMistakeException($"{client.Url}: names a file outside the report's folder, {NearestMatch.Quote(entry.FullName)}; nothing more was written");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await entry.ExtractToFileAsync(path, overwrite: true, cancel);
            written.Add(path);
        }

        return written;
    }
}
