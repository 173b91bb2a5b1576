using System.IO.Compression;
using PinnSweep.Reports.Formats;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Client;

/// <summary>A report that a node makes, unpacked into a folder.</summary>
internal static class RemoteReport
{
    /// <summary>Fetches it.</summary>
    /// <returns>The files that were written.</returns>
    /// <exception cref="UserMistakeException">The folder cannot be written, or the study is not known.</exception>
    public static async Task<IReadOnlyList<string>> FetchAsync(ApiClient client, string study, string plan, string folder, Func<string, ReportFormat?> wanted, CancellationToken cancel)
    {
        var packed = Path.Combine(folder, $".pinnsweep-{Environment.ProcessId}.zip");
        await using var file = new FileStream(packed, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await client.CopyAsync($"api/studies/{ApiClient.Part(study)}/report?format=zip", file, cancel);
        file.Position = 0;
        using var report = ReportFolder.Open(folder, plan);
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        using var zip = Open(client, file);
        foreach (var entry in zip.Entries)
        {
            if (wanted(entry.FullName) is not { } format)
            {
                continue;
            }

            // A name may say anything; only what lies in the folder is written.
            var path = Path.GetFullPath(entry.FullName, root);
            if (!path.StartsWith(root, StringComparison.Ordinal) || Path.GetRelativePath(root, path).StartsWith(ReportFolder.OwnPrefix, StringComparison.Ordinal))
            {
                throw new UserMistakeException($"{client.Url}: names a file outside the report's folder, {NearestMatch.Quote(entry.FullName)}; nothing was written");
            }

            await using var content = await entry.OpenAsync(cancel);
            report.Write(Path.GetRelativePath(root, path), format.ToWord(), content.CopyTo);
        }

        return [.. report.Complete().Select(name => Path.Combine(root, name))];
    }

    private static ZipArchive Open(ApiClient client, FileStream file)
    {
        try
        {
            return new(file, ZipArchiveMode.Read);
        }
        catch (InvalidDataException foreign)
        {
            throw new UserMistakeException($"{client.Url}: what it sent is no report ({foreign.Message})", foreign);
        }
    }
}
