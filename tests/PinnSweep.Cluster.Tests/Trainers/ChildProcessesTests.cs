using System.Diagnostics;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Studies.Messages;
using PinnSweep.Testing;

namespace PinnSweep.Cluster.Tests.Trainers;

/// <summary>To Linux the parent that ends is a thread.</summary>
public class ChildProcessesTests
{
    [Fact]
    public void A_child_that_dies_with_its_parent_outlives_the_thread_that_asked_for_it()
    {
        Process? orphan = null;
        Process? child = null;
        var asking = new Thread(() =>
        {
            orphan = Process.Start(Tied("cat"));
            child = ChildProcesses.Start(Tied("cat"));
            // Both have asked the kernel by the time they answer.
            Echo(orphan!);
            Echo(child);
        });
        asking.Start();
        asking.Join();

        using (orphan)
        using (child)
        {
            // What the class is for: the thread is the parent, and takes its child with it.
            Assert.True(orphan!.WaitForExit(Waiting.Patience));
            Echo(child!);
            Assert.False(child!.HasExited);
            child.StandardInput.Close();
            Assert.True(child.WaitForExit(Waiting.Patience));
        }
    }

    [Fact]
    public void A_child_is_told_whom_it_must_not_outlive()
    {
        using var child = ChildProcesses.Start(new("sh", ["-c", $"echo ${TrainerProtocol.ParentVariable}"]) { RedirectStandardOutput = true });

        Assert.Equal(Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), child.StandardOutput.ReadLine());
    }

    [Fact]
    public void A_program_that_is_not_there_is_told_to_who_asked_and_the_next_one_starts()
    {
        Assert.Throws<System.ComponentModel.Win32Exception>(() => ChildProcesses.Start(new("/nowhere/trainer")));

        using var next = ChildProcesses.Start(new("true"));
        Assert.True(next.WaitForExit(Waiting.Patience));
    }

    private static ProcessStartInfo Tied(string program)
    {
        if (!File.Exists("/usr/bin/setpriv"))
        {
            Assert.Skip("setpriv of util-linux is not installed; it asks the kernel as a trainer does");
        }

        return new("/usr/bin/setpriv", ["--pdeathsig", "KILL", program]) { RedirectStandardInput = true, RedirectStandardOutput = true };
    }

    private static void Echo(Process process)
    {
        process.StandardInput.WriteLine("here");
        process.StandardInput.Flush();
        Assert.Equal("here", process.StandardOutput.ReadLine());
    }
}
