using PinnSweep.Storage.Files;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Cluster.Alerts;

/// <summary>
/// A file of alerts that is read again when it changes. It is looked at in place of being told: the folders of Kubernetes' secrets and of
/// network disks tell nobody.
/// </summary>
public sealed class AlertPlanFile
{
    private readonly string _path;
    private string _text;
    private string? _seen;

    private AlertPlanFile(string path)
    {
        _path = path;
        (_text, Plan) = Read(path);
    }

    /// <summary>What it says; after a change that is wrong, what it said before.</summary>
    public AlertPlan Plan { get; private set; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="UserMistakeException">It cannot be read, others can read it too, or something in it is wrong.</exception>
    public static AlertPlanFile Load(string path) => new(path);

    /// <summary>
    /// Looks at the file and takes it over when it changed. A file is written bit by bit, so a change counts only when two looks in a row
    /// see the same.
    /// </summary>
    /// <returns>What became of it: a refusal where it is wrong, nothing where it is used; null when nothing is new.</returns>
    internal string? Refresh()
    {
        string text;
        try
        {
            text = File.ReadAllText(_path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // Between two versions there may be none for a moment; and one that is gone says nothing new.
            return null;
        }

        var isSettled = text == _seen;
        _seen = text;
        if (text == _text || !isSettled)
        {
            return null;
        }

        _text = text;
        try
        {
            (_text, Plan) = Read(_path);
            return "";
        }
        catch (UserMistakeException mistake)
        {
            return mistake.Message;
        }
    }

    private static (string Text, AlertPlan Plan) Read(string path)
    {
        PrivateFiles.RequireSecret(path, $"--alerts {path}");
        try
        {
            var text = File.ReadAllText(path);
            return (text, AlertPlanReader.Read(text, path, Environment.GetEnvironmentVariable));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"--alerts {path}: cannot be read: {refused.Message}", refused);
        }
    }
}
