using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Solutions;

/// <summary>A file that is there complete or not at all.</summary>
internal static class WholeFile
{
    /// <summary>Writes beside the file and puts it in its place once all is written.</summary>
    /// <exception cref="UserMistakeException">It cannot be written.</exception>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        var part = $"{path}.part";
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            await using (var file = File.Create(part))
            {
                await write(file);
            }

            File.Move(part, path, overwrite: true);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new UserMistakeException($"{path} cannot be written: {refused.Message}", refused);
        }
        finally
        {
            if (File.Exists(part))
            {
                File.Delete(part);
            }
        }
    }
}
