using System.CommandLine;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Planning;
using PinnSweep.Processes;
using PinnSweep.Storage;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Registration;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>lock</c>: writes down what a study promises, before it is trained. The first lock of a plan stays.</summary>
internal static class LockVerb
{
    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var study = StudyArguments.Study();
        var set = StudyArguments.Set();
        var allow = StudyArguments.AllowFolder();
        var store = CommonOptions.Store();
        var command = new Command("lock", "Write down what a study promises before it is trained (plan, rules, hypotheses, date), in the store and as STUDY.lock.json; reports say what deviates.") { study, set, allow, store };
        command.SetAction(parsed =>
        {
            var source = StudySource.Load(parsed.GetRequiredValue(study), parsed.GetRequiredValue(set), parsed.GetRequiredValue(allow));
            Lock(source, source.Plan(interrupts.Stop), CommonOptions.StoreOf(parsed, store), terminal);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Lock(StudySource source, StudyPlan plan, string place, Terminal terminal)
    {
        var promise = StudyPromise.Of(plan);
        var path = LockFile.PathOf(source, plan);
        var beside = LockFile.Read(path);
        if (beside is not null && beside.Promise.Plan != promise.Plan)
        {
            throw new UserMistakeException(
                $"{path}: holds the lock of another plan of '{promise.Study}', {beside.Promise.Plan[..8]} ({beside.When}), and is not overwritten:{string.Concat(beside.Promise.DeviationsOf(promise).Select(line => $"\n  {line}"))}\nGive this study another name, or move that file away");
        }

        using var store = Store.Open(place, TimeProvider.System, PinnCatalog.Instance);
        var trials = (store.Studies.StagedPlanOf(promise.Plan) ?? plan).Trials.Select(trial => trial.Key).ToArray();
        var locked = new LockedStudy(promise, TimeProvider.System.GetUtcNow(), DefectReport.Version, store.Studies.CountResults(trials));
        var isNew = store.Locks.Add(locked);
        var kept = isNew ? locked : store.Locks.Of(promise.Plan)
            ?? throw new UserMistakeException($"{store.Path}: holds a lock of study '{promise.Study}' that is damaged; it is not overwritten");
        if (beside is null)
        {
            LockFile.Write(path, kept);
        }

        if (!isNew)
        {
            throw new UserMistakeException($"study '{promise.Study}' ({promise.Plan[..8]}) was locked in {store.Path} already: {kept.When}. The first lock stays");
        }

        terminal.Out.WriteLine($"{promise.Study} {promise.Plan[..8]}: locked {kept.When}, in {store.Path} and {path}{(beside is null ? "" : $", which is of {beside.When}")}");
    }
}
