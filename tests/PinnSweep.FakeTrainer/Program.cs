// Speaks the trainer protocol without training. What goes wrong is scripted by the study file, so each trial carries its own fate.

using PinnSweep.FakeTrainer;

var lanes = args is ["--lanes", var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 1;
return new TrainerLanes(Console.OpenStandardInput(), Console.OpenStandardOutput(), lanes).Run();
