using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests;

/// <summary>
/// What the machine can do to a command: each is told with its cause and the way out, none is called a defect, and what can be waited for
/// is waited for.
/// </summary>
[Collection("whole machine")]
public class MachineTroubleTests
{
    // A small disk of its own for the folder "disk", and an ordinary user where the test asks for one. Whoever runs the test reaches it by
    // /proc.
    private const string SmallDisk = """
        mount --make-rprivate / && mount -t tmpfs -o size=96m,mode=777 tmpfs disk || exit 98
        if [ -n "$FILL" ]; then dd if=/dev/zero of=disk/filler bs=1k 2>/dev/null; fi
        exec "$@"
        """;

    private static readonly string[] AsUser = ["setpriv", "--reuid", "1654", "--regid", "1654", "--clear-groups", "--no-new-privs"];

    [Theory]
    [InlineData("run small.yaml --store disk/pinnsweep.db --out report")]
    [InlineData("run small.yaml --out disk/report")]
    [InlineData("train --problem helmholtz --steps 20")]
    public async Task A_full_disk_is_told(string line)
    {
        using var folder = Prepared();

        using var run = await OnSmallDisk(folder, isFull: true, line.Split(' ')).EndAsync(StudyRun.Limit);

        SkipWithoutMounts(run);
        Refused(run, "No space left on device", "disk is full", "disk of the store is full");
    }

    [Fact]
    public async Task A_disk_that_fills_while_a_study_runs_is_waited_for()
    {
        using var folder = Prepared();
        folder.Write("small.yaml", await SmallStudy.LastingAsync(seconds: 8, seeds: 3));

        using var run = OnSmallDisk(folder, isFull: false, ["run", "small.yaml", "--slots", "1", "--store", "disk/pinnsweep.db", "--out", "report", "--checkpoint-every", "1000"]);
        await Waiting.UntilAsync(() => run.HasEnded || StudyRun.Done(run) >= 1, StudyRun.Limit, () => run.Error);
        SkipWithoutMounts(run);
        var filler = $"/proc/{run.Id}/root{folder["disk/filler"]}";
        Fill(filler);
        await Waiting.UntilAsync(() => run.HasEnded || run.Error.Contains("the disk of the store is full", StringComparison.Ordinal), StudyRun.Limit, () => run.Error);
        Assert.False(run.HasEnded, run.Error);
        File.Delete(filler);
        await run.EndAsync(StudyRun.Limit);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("goes on by itself", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train --problem helmholtz --steps 20", 1)]
    [InlineData("run small.yaml --out report", 0)]
    [InlineData("plan small.yaml", 0)]
    public async Task A_folder_for_temporary_files_that_does_not_exist_is_told_where_one_is_needed(string line, int exitCode)
    {
        using var folder = Prepared();
        var environment = new Dictionary<string, string> { ["TMPDIR"] = "/no/such/folder", ["HOME"] = "/no/such/home" };

        using var run = await ProcessRun.Start(folder.Path, environment, Cli.Program, line.Split(' ')).EndAsync(StudyRun.Limit);

        Assert.True(run.ExitCode == exitCode, run.Error);
        if (exitCode != 0)
        {
            Refused(run, "TMPDIR");
        }
    }

    [Fact]
    public async Task A_store_without_the_log_in_which_it_began_is_told()
    {
        using var folder = new TemporaryFolder();
        folder.Write("small.yaml", await SmallStudy.LastingAsync(seconds: 3));
        var study = new StudyRun(folder);
        using (var killed = study.Start())
        {
            await Waiting.UntilAsync(() => killed.HasEnded || StudyRun.Done(killed) >= 1, StudyRun.Limit, () => killed.Error);
            killed.KillTree();
            await killed.EndAsync(Cli.Short);
        }

        Assert.True(File.Exists(folder["pinnsweep.db-wal"]));
        File.Delete(folder["pinnsweep.db-wal"]);
        using var report = await Cli.RunAsync(folder, "report", "small");
        using var again = await study.CompleteAsync();

        // How much of it was in the file by then depends on the moment.
        Assert.True(report.ExitCode is 0 or 1, report.Error);
        Assert.DoesNotContain("defect", report.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0555", "0444", false, true)]
    [InlineData("0755", "0644", false, true)]
    [InlineData("0755", "0644", true, false)]
    public async Task A_store_that_is_somebody_elses_is_read_or_the_message_says_what_is_needed(string folderMode, string fileMode, bool hasLog, bool isRead)
    {
        Assert.SkipUnless(Environment.UserName == "root", "not root: only root can become another user");
        Assert.SkipWhen(Cli.Program.StartsWith("/root/", StringComparison.Ordinal), "the program lies where no other user reaches it");
        using var folder = Prepared();
        using var run = await Cli.Start(folder, "run", "small.yaml", "--store", "disk/pinnsweep.db", "--out", "report").EndAsync(StudyRun.Limit);
        Assert.True(run.ExitCode == 0, run.Error);
        if (hasLog)
        {
            // As a writer that was killed leaves it, the small file beside it gone.
            File.WriteAllBytes(folder["disk/pinnsweep.db-wal"], new byte[4096]);
            using var _ = await ProcessRun.Start(folder.Path, "chmod", "0600", "disk/pinnsweep.db-wal").EndAsync(Cli.Short);
        }

        using var modes = await ProcessRun.Start(folder.Path, "bash", "-c", $"chmod 0777 . && chmod {fileMode} disk/pinnsweep.db && chmod {folderMode} disk").EndAsync(Cli.Short);

        using var report = await ProcessRun.Start(folder.Path, AsUser[0], [.. AsUser[1..], Cli.Program, "report", "small", "--store", "disk/pinnsweep.db", "--out", "read", "--no-yardstick"]).EndAsync(Cli.Short);

        if (isRead)
        {
            Assert.True(report.ExitCode == 0, report.Error);
            Assert.Equal(await File.ReadAllBytesAsync(folder["report/report.md"], TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(folder["read/report.md"], TestContext.Current.CancellationToken));
        }
        else
        {
            Refused(report, "pinnsweep.db-wal");
            Assert.DoesNotContain("damaged", report.Error, StringComparison.Ordinal);
        }
    }

    private static TemporaryFolder Prepared()
    {
        var folder = new TemporaryFolder();
        folder.Write("small.yaml", SmallStudy.Text(100));
        Directory.CreateDirectory(folder["disk"]);
        return folder;
    }

    private static ProcessRun OnSmallDisk(TemporaryFolder folder, bool isFull, string[] arguments)
    {
        Assert.SkipUnless(Environment.UserName == "root", "not root: only root can mount a small disk");
        return ProcessRun.Start(
            folder.Path,
            new Dictionary<string, string> { ["FILL"] = isFull ? "1" : "", ["TMPDIR"] = folder["disk"] },
            "unshare", ["--mount", "bash", "-c", SmallDisk, "disk", Cli.Program, .. arguments]);
    }

    private static void SkipWithoutMounts(ProcessRun run) =>
        Assert.SkipWhen(run.HasEnded && (run.ExitCode == 98 || run.Error.StartsWith("unshare:", StringComparison.Ordinal)), $"this machine permits no mounts: {run.Error}");

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1);
        // Quickly first, then to the last kilobyte.
        foreach (var size in (int[])[1 << 20, 1024])
        {
            try
            {
                while (true)
                {
                    file.Write(new byte[size]);
                }
            }
            catch (IOException)
            {
                // Full.
            }
        }
    }

    private static void Refused(ProcessRun run, params string[] hints)
    {
        Assert.True(run.ExitCode == 1, $"exit code {run.ExitCode}\n{run.Error}\n{run.Out}");
        Assert.True(hints.Any(hint => run.Error.Contains(hint, StringComparison.Ordinal)), run.Error);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("defect", run.Error, StringComparison.Ordinal);
    }
}
